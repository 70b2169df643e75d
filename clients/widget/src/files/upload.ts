import type { Attachment, Problem } from '@goodword/shared/events'
import { Refused, type Desk } from '../core/desk'

/** Sends a file; `progress` is told the share sent, 0 to 1. By XMLHttpRequest, because fetch does not tell. */
export function upload(
  desk: Desk,
  file: File,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<Attachment> {
  const request = new XMLHttpRequest()
  signal.addEventListener('abort', () => request.abort())
  request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0)
  request.open('POST', desk.url('/files'))
  for (const [header, value] of Object.entries(desk.headers())) request.setRequestHeader(header, value)
  request.responseType = 'json'
  const form = new FormData()
  form.append('file', file, file.name)
  return new Promise((resolve, reject) => {
    request.onload = () =>
      request.status < 300
        ? resolve(request.response as Attachment)
        : reject(new Refused(request.status, (request.response ?? {}) as Partial<Problem>))
    request.onerror = request.onabort = () => reject(new TypeError('upload broke off'))
    request.send(form)
  })
}
