import { imageLimits } from '../contract/image-limits.ts'

/** What is kept of an uploaded file's name: never a path, nothing invisible, never empty. */
export function cleanName(given: string): string {
  const last = given.split(/[\\/]/).at(-1) ?? ''
  // Control characters, and those that turn the direction of text around.
  const visible = last.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
  const name = Array.from(visible.trim()).slice(0, imageLimits.nameLengthMax).join('').trim()
  return /^\.*$/.test(name) ? 'image' : name
}

/** The header that names a file which is shown and not saved. */
export function inlineDisposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `inline; filename="${plain}"; filename*=UTF-8''${encoded}`
}
