import { centre } from './centre.ts'
import { talk } from './registry-chat.ts'
import { later } from './registry-later.ts'
import { network } from './registry-network.ts'
import { people } from './registry-people.ts'

/** What is said of the settings of an installation, in the words of whoever sets them. */
export const registry = { ...centre, ...people, ...talk, ...network, ...later } as const
