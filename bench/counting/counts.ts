import type { Counts } from './counted.ts'

let counts = fresh()
let tripsOpen = 0
/** Trips that overlap are waited for together, so they count as one. */
let tripsInTurn = 0

function fresh(): Counts {
  return {
    objectRows: 0,
    alarms: 0,
    emptied: 0,
    databaseRows: 0,
    databaseReads: 0,
    databaseTrips: 0,
    tripsBeforeProvider: null,
  }
}

export function takeCounts(): Counts {
  const taken = counts
  counts = fresh()
  tripsInTurn = 0
  return taken
}

type Method = (this: unknown, ...args: unknown[]) => unknown
type Methods = Record<string, Method>

const wrapped = new WeakSet<object>()

/** Replaces methods of a prototype once, for all that share it. */
function wrap(prototype: object, wrappers: Record<string, (original: Method) => Method>): void {
  if (wrapped.has(prototype)) return
  wrapped.add(prototype)
  const methods = prototype as Methods
  for (const [name, wrapper] of Object.entries(wrappers)) {
    const original = methods[name]
    if (original) methods[name] = wrapper(original)
  }
}

export function countObject(storage: DurableObjectStorage): void {
  const counting = (count: () => void) => (original: Method) =>
    function (this: unknown, ...args: unknown[]) {
      count()
      return original.apply(this, args)
    }
  wrap(Object.getPrototypeOf(storage) as object, {
    setAlarm: counting(() => counts.alarms++),
    deleteAlarm: counting(() => counts.alarms++),
    deleteAll: counting(() => counts.emptied++),
  })
  wrap(Object.getPrototypeOf(storage.sql) as object, {
    exec: (original) =>
      function (...args) {
        const cursor = original.apply(this, args) as SqlStorageCursor<never>
        counts.objectRows += cursor.rowsWritten
        return cursor
      },
  })
}

export function countWorker(database: D1Database): void {
  const statement = database.prepare('select 1')
  wrap(Object.getPrototypeOf(database) as object, { batch: countTrip })
  wrap(Object.getPrototypeOf(statement) as object, {
    run: countTrip,
    all: countTrip,
    first: countTrip,
    raw: countTrip,
  })
  wrap(globalThis, {
    fetch: (original) =>
      function (...args) {
        // A trip that is still under way was not waited for.
        counts.tripsBeforeProvider ??= tripsInTurn - (tripsOpen > 0 ? 1 : 0)
        return original.apply(this, args)
      },
  })
}

function countTrip(original: Method): Method {
  return async function (this: unknown, ...args: unknown[]) {
    counts.databaseTrips++
    if (tripsOpen++ === 0) tripsInTurn++
    try {
      const result = await original.apply(this, args)
      for (const item of [result].flat() as ({ meta?: D1Meta } | null)[]) {
        counts.databaseRows += item?.meta?.rows_written ?? 0
        counts.databaseReads += item?.meta?.rows_read ?? 0
      }
      return result
    } finally {
      tripsOpen--
    }
  }
}
