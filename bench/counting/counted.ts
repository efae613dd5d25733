/** What the product did since it was last asked. */
export interface Counts {
  /** Rows written to the objects' SQLite by statements, as the cursor of each statement says. */
  objectRows: number
  /** Setting an alarm writes a row too, and so does emptying an object. */
  alarms: number
  emptied: number
  /** Rows written to D1, as the meta of each result says. */
  databaseRows: number
  /** Rows read from D1 to answer, likewise. */
  databaseReads: number
  /** Calls of D1, one for a batch. */
  databaseTrips: number
  /** Of these, one after the other before the provider was first called. */
  tripsBeforeProvider: number | null
}
