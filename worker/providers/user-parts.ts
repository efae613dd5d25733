import type { Turn, UserPart } from './provider.ts'

/** What a user said and showed, in the order it was given; where none was, `first` comes first. */
export function userParts(
  { text, images = [], parts }: Extract<Turn, { role: 'user' }>,
  first: 'text' | 'images',
): readonly UserPart[] {
  if (parts) return parts.filter((part) => part.type === 'image' || part.text !== '')
  const said: UserPart[] = text === '' ? [] : [{ type: 'text', text }]
  const shown = images.map((image) => ({ type: 'image', image }) as const)
  return first === 'text' ? [...said, ...shown] : [...shown, ...said]
}
