import { Failure } from './api.ts'

/** Sends a file as it is, and says what share of it is on its way; a browser's `fetch` cannot. */
export function upload<Answer>(path: string, file: File, heard: (share: number) => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('accept', 'application/json')
    request.upload.addEventListener('progress', ({ loaded, total }) => heard(total > 0 ? loaded / total : 0))
    request.addEventListener('error', () => reject(new Failure({ status: 0 })))
    request.addEventListener('load', () => {
      const told = readJson(request.responseText)
      if (request.status === 200) resolve(told as Answer)
      else reject(new Failure({ ...(told as object), status: request.status }))
    })
    request.send(file)
  })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Whatever stands between us and the server answered in its own words; the status says enough.
    return null
  }
}
