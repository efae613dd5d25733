import type { settings as en } from '../en/settings.ts'

export const settings = {} satisfies Record<keyof typeof en, string>
