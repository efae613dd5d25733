import type { chat as en } from '../en/chat.ts'

export const chat = {
  'chat.send': '发送',
} satisfies Record<keyof typeof en, string>
