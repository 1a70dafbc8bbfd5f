// Counts the results of the suite by the suite's own rules, for one run of ours and for what it publishes of others.
import fs from 'fs'

const [suiteDirectory, resultsFile, flags] = process.argv.slice(2)
const tests = (await import(`${suiteDirectory}/tests/index.mjs`)).default
const { determineTestResult, resultTypes } = await import(`${suiteDirectory}/test-engine/lib/results.mjs`)

const kinds = ['required', 'optimal', 'check']
const isOurs = test => !test.browser_only

function count (results) {
  const counts = Object.fromEntries(kinds.map(kind => [kind, { pass: 0, fail: 0, other: 0 }]))
  const failed = []
  for (const suite of tests) {
    for (const test of suite.tests.filter(isOurs)) {
      const kind = test.kind ?? 'required'
      const result = determineTestResult(tests, test.id, results)
      if (result === resultTypes.pass || result === resultTypes.yes) counts[kind].pass++
      else if (result === resultTypes.fail || result === resultTypes.optional_fail || result === resultTypes.no) {
        counts[kind].fail++
        if (kind !== 'check') failed.push([kind, suite.id, test.id, results[test.id]?.[1] ?? ''])
      } else counts[kind].other++
    }
  }
  return { counts, failed }
}

const ours = count(JSON.parse(fs.readFileSync(resultsFile)))
console.log('# HTTP cache conformance\n')
console.log(`\`bench/conformance/run.sh\` on ${new Date().toISOString().slice(0, 10)}; frontier up ${flags}.`)
console.log('The others are the results that the suite ships, by the same count. "Not judged" depends on a test that failed, or could not be set up.\n')
console.log('| cache | required: pass | fail | not judged | optimal: pass | fail | not judged | behaviours: yes | no | not judged |\n|---|---|---|---|---|---|---|---|---|---|')
const row = (name, { counts }) => console.log(`| ${name} | ${kinds.map(k => `${counts[k].pass} | ${counts[k].fail} | ${counts[k].other}`).join(' | ')} |`)
row('**Frontier**', ours)
for (const name of ['nginx', 'varnish', 'trafficserver', 'squid', 'apache', 'fastly', 'haproxy', 'caddy']) {
  const file = `${suiteDirectory}/results/${name}.json`
  if (fs.existsSync(file)) row(name, count(JSON.parse(fs.readFileSync(file))))
}
console.log('\n## What Frontier does not pass\n')
if (ours.failed.length === 0) console.log('Nothing.')
for (const [kind, suite, id, why] of ours.failed) console.log(`- ${kind}: \`${id}\` (${suite}) ${why}`)
