export function Pages() {
  return null
}
