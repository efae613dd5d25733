import type { en } from './en.ts'
import { accounts } from './zh-CN/accounts.ts'
import { chat } from './zh-CN/chat.ts'
import { common } from './zh-CN/common.ts'
import { sidebar } from './zh-CN/sidebar.ts'

export const zhCN = { ...common, ...accounts, ...sidebar, ...chat } satisfies Record<
  keyof typeof en,
  string
>
