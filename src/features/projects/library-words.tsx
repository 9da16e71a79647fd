/** Words of the library's pages. */
export const words = {
  library: { zh: '项目库', en: 'Project library' },
} as const
