import { saveFile } from '../ui/save-file.ts'

/** Hands `content` over as a file to keep. */
export function saveJsonFile(name: string, content: unknown) {
  saveFile(name, new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }))
}

/** What a file says; undefined for one that is not JSON. */
export async function readJsonFile(file: File): Promise<unknown> {
  try {
    return JSON.parse(await file.text()) as unknown
  } catch {
    return undefined
  }
}
