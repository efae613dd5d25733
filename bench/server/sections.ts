import type { Figure } from '../figures.ts'
import { measureAlone } from './alone.ts'
import { measureBurst } from './burst.ts'
import { fifty, measureCrowd, twoHundred } from './crowd.ts'
import { measureGateway, measureResponses } from './gateway.ts'
import { measureMemory } from './memory.ts'
import { measureMultitude } from './multitude.ts'
import { measureReattach } from './reattach.ts'
import { measureRows } from './rows.ts'
import { measureSlowReader } from './slow-reader.ts'
import { measureStreams } from './streams.ts'
import { measureThroughput } from './throughput.ts'

/** What is measured of the server, in the order it is measured. */
export const serverSections: Record<string, () => Promise<Figure[]>> = {
  k1: measureAlone,
  k50: () => measureCrowd(fifty),
  k200: () => measureCrowd(twoHundred),
  burst: measureBurst,
  throughput: measureThroughput,
  reattach: measureReattach,
  rows: measureRows,
  gateway: measureGateway,
  responses: measureResponses,
  streams: measureStreams,
  multitude: measureMultitude,
  slow: measureSlowReader,
  memory: measureMemory,
}
