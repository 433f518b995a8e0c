#!/usr/bin/env node
// Compares the results of the bench, a file of JSON lines, with the bars, and fails with each that is missed.
const fs = require('fs');

// What each scenario has to give. A bar is a number that is not exceeded, or the least and the most.
const NOTHING_LOST = { failed: 0, hung: 0 };
const BARS = [
	[/^coldstart-/, { failed: 0, hung: 0, token_requests: [1, 1], rpc_unauthenticated: 0, metadata: 2 }],
	[/^expiry-ttl3/, { ...NOTHING_LOST, token_requests: [7, 20], rpc_unauthenticated: 0 }],
	[/^expiry-ttl13-opaque$/, { ...NOTHING_LOST, token_requests: 5, rpc_unauthenticated: 0 }],
	[/^expiry-/, { ...NOTHING_LOST, token_requests: 6, rpc_unauthenticated: 0 }],
	[/^revoke-/, { ...NOTHING_LOST, token_requests: [1, 1] }],
	[/^(token-|metadata-|unavailable-|goaway|conn-reset)/, { failed: 0, hung: 0 }]
];

function value(result, name) {
	// The first calls ask for nothing else but what the login needs.
	return name === 'metadata' ? result.rpc_total - result.rpc_unauthenticated - result.ok : result[name];
}

function misses(result) {
	if (result.exit || result.errors?.length) {
		return [`ended with ${result.exit ?? result.errors[0]}`];
	}
	if (result.group === 'checks') {
		return result.as_wanted ? [] : ['is not as wanted'];
	}
	const bars = BARS.find(([name]) => name.test(result.scenario));
	return Object.entries(bars?.[1] ?? {}).flatMap(([name, bar]) => {
		const [least, most] = Array.isArray(bar) ? bar : [0, bar];
		const seen = value(result, name);
		return seen >= least && seen <= most ? [] : [`${name} is ${seen}, and has to be ${least === most ? least : `${least} to ${most}`}`];
	});
}

function printed(result) {
	const names = result.group === 'throughput'
		? ['variant', 'calls_per_s', 'rps_vs_bearer', 'cpu_vs_bearer', 'p99_us']
		: ['calls', 'failed', 'hung', 'token_requests', 'rpc_unauthenticated', 'p99_ms', 'max_ms', 'as_wanted'];
	return names.filter((name) => result[name] !== undefined).map((name) => `${name} ${result[name]}`).join(', ');
}

const results = fs.readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line))
	.filter((line) => line.type === 'result');
if (results.length === 0) {
	console.error('The bench gave no result');
	process.exit(1);
}
let missed = 0;
for (const result of results) {
	const wrong = misses(result);
	missed += wrong.length;
	console.log(`${wrong.length === 0 ? 'ok    ' : 'MISSED'} ${result.scenario} (${result.rep}): ${printed(result)}`);
	wrong.forEach((text) => console.log(`       ${text}`));
}
console.log(`${results.length} results, ${missed} bars missed`);
process.exit(missed === 0 ? 0 : 1);
