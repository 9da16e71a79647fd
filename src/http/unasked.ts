import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/**
 * Browsers open connections in advance. Node counts one on which nothing was asked yet as busy, so a server that stops would
 * wait a minute for a question that nobody has: such connections are ended when it stops. What was asked is answered.
 */
export function endUnasked(app: FastifyInstance) {
  const open = new Set<Socket>()
  let isStopping = false
  app.server.on('connection', (socket: Socket) => {
    if (isStopping) {
      socket.destroy()
      return
    }
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  app.addHook('preClose', (done) => {
    isStopping = true
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
    done()
  })
}
