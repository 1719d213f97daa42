// What ical.js reads otherwise than it was meant, of files that each hold one visit: `node read.mjs < VISITS`. It knows no zones but those that
// a file brings.
import { readFileSync } from 'node:fs'
import ICAL from 'ical.js'

const read = file => {
  const event = new ICAL.Event(new ICAL.Component(ICAL.parse(file)).getFirstSubcomponent('vevent'))
  const { uid, sequence, summary, location, description } = event
  return { uid, sequence, summary, location, description, start: event.startDate.toUnixTime(), end: event.endDate.toUnixTime() }
}
const same = (one, other) => Object.keys(one).every(name => one[name] === other[name])
const visits = JSON.parse(readFileSync(0, 'utf8'))
const otherwise = visits.map(({ file, meant }) => ({ meant, read: read(file) })).filter(({ meant, read }) => !same(meant, read))
process.stdout.write(JSON.stringify(otherwise))
