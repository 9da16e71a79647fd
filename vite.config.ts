import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The pages of the app: built to `dist/web`, from where the server hands them out. Nothing comes from elsewhere. */
export default defineConfig({
  root: join(import.meta.dirname, 'src/web'),
  base: '/',
  plugins: [react()],
  build: {
    outDir: join(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2023',
    // ECharts and antd are large by nature and come only with the pages that use them; `scripts/size.ts` holds the limit that matters.
    chunkSizeWarningLimit: 1500,
  },
  // The page and the interface must look like one site to the server, as they are when it hands out the pages itself.
  server: { proxy: { '^/api/': { target: process.env['ZEREN_URL'] ?? 'http://127.0.0.1:8320', changeOrigin: false } } },
})
