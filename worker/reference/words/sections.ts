import { accounts } from './accounts.ts'
import { apiKeys, settings, users } from './administration.ts'
import { chat, conversations } from './chat.ts'
import { images } from './images.ts'
import { connections, models } from './models.ts'
import { operation } from './operation.ts'
import type { Section } from './words.ts'

/** What is said of every endpoint that is served, in the order it is read in. */
export const sections: readonly Section[] = [
  accounts,
  chat,
  conversations,
  images,
  models,
  apiKeys,
  settings,
  connections,
  users,
  operation,
]
