import type { sidebar as en } from '../en/sidebar.ts'

export const sidebar = {} satisfies Record<keyof typeof en, string>
