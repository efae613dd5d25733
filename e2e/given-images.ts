import type { Page } from 'playwright-core'
import type { ImageFile } from './grey-png.ts'

/** Gives files to the page as the clipboard does, or as a hand that lets them fall. */
export async function give(
  page: Page,
  how: 'paste' | 'drop',
  ...files: ImageFile[]
): Promise<void> {
  const given = files.map(({ name, mimeType, buffer }) => {
    return { name, mimeType, base64: buffer.toString('base64') }
  })
  await page.evaluate(
    ({ how, given }) => {
      const data = new DataTransfer()
      for (const { name, mimeType, base64 } of given) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
        data.items.add(new File([bytes], name, { type: mimeType }))
      }
      const target = document.activeElement ?? document.body
      const options = { bubbles: true, cancelable: true }
      if (how === 'paste') {
        target.dispatchEvent(new ClipboardEvent('paste', { ...options, clipboardData: data }))
        return
      }
      const heading = document.querySelector('h1') ?? document.body
      heading.dispatchEvent(new DragEvent('dragover', { ...options, dataTransfer: data }))
      heading.dispatchEvent(new DragEvent('drop', { ...options, dataTransfer: data }))
    },
    { how, given },
  )
}

/** A JPEG of 40 × 20 pixels that says it has to be turned by a quarter, in base64. */
export function lyingJpeg(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const canvas = new OffscreenCanvas(40, 20)
    canvas.getContext('2d')?.fillRect(0, 0, 20, 20)
    const blob = await canvas.convertToBlob({ type: 'image/jpeg' })
    const jpeg = new Uint8Array(await blob.arrayBuffer())
    const binary = (bytes: Iterable<number>) =>
      Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
    const tiff = 'MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0'
    const exif = `\xff\xe1\0${String.fromCharCode(tiff.length + 8)}Exif\0\0${tiff}`
    return btoa(binary(jpeg.slice(0, 2)) + exif + binary(jpeg.slice(2)))
  })
}
