/** The first field of that name, under which a JSON text mostly bears the model itself. */
const modelField = /"model"\s*:\s*"(?:[^"\\]|\\.)*"/

/**
 * `text` with its model called `model` and otherwise byte for byte; null where the field that would
 * be changed is another's, which `isRight` tells of what comes out.
 */
export function renamed(
  text: string,
  model: string,
  isRight: (renamed: string) => boolean,
): string | null {
  const at = modelField.exec(text)
  if (!at) return null
  const field = `"model":${JSON.stringify(model)}`
  const changed = text.slice(0, at.index) + field + text.slice(at.index + at[0].length)
  return isRight(changed) ? changed : null
}
