// Makes one set of descriptors, which protoc reads like .proto files, of what the npm package of Flyte 2's IDL has: a
// TypeScript file for each .proto file, with its descriptor as Base64 text and the names of what it imports.
// "node descriptors.mjs <package> <target>"
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { clearField, create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { base64Decode } from "@bufbuild/protobuf/wire";
import { EnumValueDescriptorProtoSchema, FileDescriptorProtoSchema, FileDescriptorSetSchema, FileOptionsSchema } from "@bufbuild/protobuf/wkt";

// The services that are injected; of the rest, only what these need.
const SERVICES = [
	"flyteidl2/auth/auth_service.proto",
	"flyteidl2/auth/identity.proto",
	"flyteidl2/cluster/service.proto",
	"flyteidl2/dataproxy/dataproxy_service.proto",
	"flyteidl2/project/project_service.proto",
	"flyteidl2/task/task_service.proto",
	"flyteidl2/trigger/trigger_service.proto",
	"flyteidl2/workflow/run_service.proto",
];

// What Flyte 2 has said since this version of its IDL, and who waits for a run has to understand: it is an end.
const LATER = { "flyteidl2.common.ActionPhase": { ACTION_PHASE_RECOVERED: 10 } };

// Rules of validation and REST paths: the server holds neither, and they would be two libraries more.
const LEFT_OUT = ["buf/", "google/api/"];

function fail(message) {
	console.error(message);
	process.exit(1);
}

// Node.js has known how to list what lies deeper since a version that is newer than the build needs.
function below(folder) {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		return entry.isDirectory() ? below(path) : [path];
	});
}

function read(root) {
	const files = new Map();
	for (const name of below(root).filter((each) => each.endsWith("_pb.ts")).sort()) {
		const [, constant, base64, imports] = readFileSync(name, "utf8")
			.match(/export const (file_\w+): GenFile = .*?\s*fileDesc\("([^"]+)"(?:, \[([^\]]*)\])?\)/s)
			?? fail(`${name} of @flyteorg/flyteidl2 does not hold its descriptor where this build looks for it: let src/idl/descriptors.mjs know its new form.`);
		const file = fromBinary(FileDescriptorProtoSchema, base64Decode(base64));
		files.set(constant, { file, imports: imports ? imports.split(",").map((each) => each.trim()) : [] });
	}
	return files;
}

// Of the well-known types, which are no part of the package: file_google_protobuf_timestamp.
function wellKnown(constant) {
	const match = constant.match(/^file_google_protobuf_(\w+)$/);
	return match ? `google/protobuf/${match[1]}.proto` : fail(`@flyteorg/flyteidl2 imports ${constant}, which it does not hold.`);
}

function withImports(files, names) {
	const byName = new Map([...files.values()].map((each) => [each.file.name, each]));
	const found = new Map();
	const visit = (name) => {
		const each = byName.get(name);
		if (!each || found.has(name)) {
			return;
		}
		const imported = each.imports.map((constant) => files.get(constant)?.file.name ?? wellKnown(constant));
		each.file.dependency = imported.filter((other) => !LEFT_OUT.some((start) => other.startsWith(start)));
		found.set(name, null);
		each.file.dependency.forEach(visit);
		found.delete(name);
		found.set(name, each.file);
	};
	names.forEach((name) => (byName.has(name) ? visit(name) : fail(`@flyteorg/flyteidl2 holds no ${name}.`)));
	// Those of Google come with the libraries of gRPC.
	return [...found.values()].filter((file) => file.name.startsWith("flyteidl2/"));
}

// Options that are no part of protobuf itself are unknown fields of their messages.
function withoutOwnOptions(part) {
	if (part.options) {
		delete part.options.$unknown;
	}
	const parts = ["messageType", "enumType", "nestedType", "service", "field", "oneofDecl", "value", "method"];
	parts.flatMap((name) => part[name] ?? []).forEach(withoutOwnOptions);
}

function add(file) {
	for (const type of file.enumType) {
		for (const [name, number] of Object.entries(LATER[`${file.package}.${type.name}`] ?? {})) {
			if (!type.value.some((value) => value.number === number)) {
				type.value.push(create(EnumValueDescriptorProtoSchema, { name, number }));
			}
		}
	}
}

const [root, target] = process.argv.slice(2);
const file = withImports(read(root), SERVICES);
for (const each of file) {
	withoutOwnOptions(each);
	add(each);
	// That of the package is for code that is small and slow: it would be read by reflection.
	clearField(each.options, FileOptionsSchema.field.optimizeFor);
}
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file })));
