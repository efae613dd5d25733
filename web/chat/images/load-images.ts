import { loadTexts } from '../../text/i18n.ts'

/** Fetches what images need, in one load: whoever wants one part of it soon wants the others. */
export async function loadImages() {
  const [{ imageParts }] = await Promise.all([import('./image-parts.ts'), loadTexts('images')])
  return imageParts
}
