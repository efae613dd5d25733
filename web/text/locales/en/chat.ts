export const chat = {
  'chat.send': 'Send',
} as const
