import { centre } from './centre.ts'
import { talk } from './registry-chat.ts'
import { later } from './registry-later.ts'
import { network } from './registry-network.ts'
import { people } from './registry-people.ts'

export const registry = { ...centre, ...people, ...talk, ...network, ...later }
