import { accounts } from './en/accounts.ts'
import { chat } from './en/chat.ts'
import { common } from './en/common.ts'
import { sidebar } from './en/sidebar.ts'

export const en = { ...common, ...accounts, ...sidebar, ...chat } as const
