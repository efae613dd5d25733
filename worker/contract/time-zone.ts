/** Whether `zone` is one of the IANA list, which `Intl` alone knows; every runtime of ours has it. */
export function isTimeZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}
