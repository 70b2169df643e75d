import { useState } from 'react'
import type { Attachment } from '@goodword/shared/events'
import { useDesk } from '@/app/context'
import { post } from '@/core/api'

export interface Upload {
  key: number
  name: string
  file: Attachment | null
}

let keys = 0

/** Files go up while the person goes on writing. `before`: those that are there from the start. */
export function useUploads(before: readonly Attachment[] = []) {
  const desk = useDesk()
  const [all, setAll] = useState<readonly Upload[]>(() => before.map((file) => ({ key: ++keys, name: file.name, file })))

  const drop = (key: number) => setAll((old) => old.filter((one) => one.key !== key))
  const one = async (chosen: File) => {
    const key = ++keys
    setAll((old) => [...old, { key, name: chosen.name, file: null }])
    const form = new FormData()
    form.append('file', chosen)
    try {
      const file = await post<Attachment>('/files', form)
      setAll((old) => old.map((entry) => (entry.key === key ? { ...entry, file } : entry)))
    } catch (error) {
      drop(key)
      desk.complain(error)
    }
  }
  const add = (files: FileList) => void [...files].forEach((file) => void one(file))
  const choose = () => {
    const input = Object.assign(document.createElement('input'), { type: 'file', multiple: true })
    input.onchange = () => input.files && add(input.files)
    input.click()
  }
  return {
    all,
    done: all.flatMap((entry) => entry.file ?? []),
    busy: all.some((entry) => !entry.file),
    add,
    choose,
    drop,
    clear: () => setAll([]),
  }
}
