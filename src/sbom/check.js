#!/usr/bin/env node
// Checks the SBOMs that "mvn -Ppublish package" has made: each names what its module's pom asks for at run time, and
// nothing that is for the module's own tests.
const fs = require('fs');
const path = require('path');

const root = path.join(__dirname, '..', '..');
const wrong = [];

function direct(module) {
	const pom = fs.readFileSync(path.join(root, module, 'pom.xml'), 'utf8').replace(/<!--[^]*?-->/g, '');
	const dependencies = /^\t<dependencies>([^]*?)^\t<\/dependencies>/m.exec(pom)[1].replace(/<exclusions>[^]*?<\/exclusions>/g, '');
	return [...dependencies.matchAll(/<dependency>([^]*?)<\/dependency>/g)].map(([, text]) => ({
		name: /<groupId>(.*?)</.exec(text)[1] + ':' + /<artifactId>(.*?)</.exec(text)[1],
		test: text.includes('<scope>test</scope>'),
		optional: text.includes('<optional>true</optional>')
	}));
}

for (const module of ['idl', 'idl2', 'autoconfigure', 'starter', 'starter-v2', 'test'].map((name) => 'flyte-connect-' + name)) {
	const file = path.join(root, module, 'target', 'bom.json');
	if (!fs.existsSync(file)) {
		wrong.push(`${module} has no SBOM: build it with mvn -Ppublish package, not offline`);
		continue;
	}
	const sbom = JSON.parse(fs.readFileSync(file, 'utf8'));
	if (sbom.bomFormat !== 'CycloneDX' || sbom.metadata.component.name !== module) {
		wrong.push(`${module}: its SBOM is none of CycloneDX, or that of ${sbom.metadata?.component?.name}`);
	}
	const scopes = new Map(sbom.components.map((component) => [component.group + ':' + component.name, component.scope]));
	for (const dependency of direct(module)) {
		const scope = scopes.get(dependency.name);
		if (dependency.test && scope === 'required') {
			wrong.push(`${module}: its SBOM has ${dependency.name}, which is for its tests`);
		}
		if (!dependency.test && scope !== (dependency.optional ? 'optional' : 'required')) {
			wrong.push(`${module}: its SBOM has ${dependency.name} as ${scope ?? 'nothing'}`);
		}
	}
	for (const [name, scope] of scopes) {
		if (scope === 'required' && /junit|assertj|mockito|wiremock|archunit|selenium|testcontainers/.test(name)) {
			wrong.push(`${module}: its SBOM has ${name}, a library of tests`);
		}
	}
	console.log(`${module}: ${[...scopes.values()].filter((scope) => scope === 'required').length} libraries at run time, ${scopes.size} with the optional ones`);
}
const required = (module) => {
	const file = path.join(root, module, 'target', 'bom.json');
	return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')).components.filter((component) => component.scope === 'required') : [];
};
if (required('flyte-connect-starter').some(({ name }) => name === 'flyte-connect-idl2')) {
	wrong.push('flyte-connect-starter brings flyte-connect-idl2, which is for services that call Flyte 2');
}
// docs/dependencies.md says of each library that a service gets why it is there.
const page = new Map([...fs.readFileSync(path.join(root, 'docs', 'dependencies.md'), 'utf8').matchAll(/^\| `(\S+)` \| ([^|]+) \|/gm)]
	.map(([, name, version]) => [name, version]));
const brought = required('flyte-connect-starter');
for (const { group, name, version } of brought) {
	const library = group + ':' + name;
	const said = page.get(library);
	if (said === undefined) {
		wrong.push(`docs/dependencies.md does not say why a service gets ${library}`);
	} else if (said !== (group === 'io.flyteconnect' ? 'of the starter' : version)) {
		wrong.push(`docs/dependencies.md has ${library} ${said}, and the starter brings ${version}`);
	}
	page.delete(library);
}
for (const library of brought.length > 0 ? page.keys() : []) {
	wrong.push(`docs/dependencies.md has ${library}, which the starter does not bring`);
}
wrong.forEach((line) => console.error(line));
process.exit(wrong.length === 0 ? 0 : 1);
