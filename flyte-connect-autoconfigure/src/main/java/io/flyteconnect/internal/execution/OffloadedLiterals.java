package io.flyteconnect.internal.execution;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.LiteralCollection;
import flyteidl.core.Literals.LiteralMap;
import flyteidl.core.Literals.LiteralOffloadedMetadata;
import io.grpc.Status;

import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.internal.text.SafeText;

/**
 * Replaces literals that Flyte has offloaded to its object store, such as large ones of a
 * map task ({@code literalOffloadingConfig} in
 * {@code flytepropeller/pkg/controller/config}), with their content.
 */
final class OffloadedLiterals {

	// Stops at a literal that refers to itself.
	private static final int DEEPEST = 8;

	private final ObjectStore store;

	private final WorkflowExecutionIdentifier execution;

	private final String kind;

	OffloadedLiterals(ObjectStore store, WorkflowExecutionIdentifier execution, String kind) {
		this.store = store;
		this.execution = execution;
		this.kind = kind;
	}

	LiteralMap complete(LiteralMap literals) {
		LiteralMap.Builder complete = LiteralMap.newBuilder();
		literals.getLiteralsMap().forEach((name, literal) -> complete.putLiterals(name, complete(name, literal, 0)));
		return complete.build();
	}

	private Literal complete(String name, Literal literal, int depth) {
		return switch (literal.getValueCase()) {
			case OFFLOADED_METADATA -> complete(name, fetch(name, literal.getOffloadedMetadata(), depth), depth + 1);
			case COLLECTION -> {
				LiteralCollection.Builder list = LiteralCollection.newBuilder();
				literal.getCollection()
					.getLiteralsList()
					.forEach((element) -> list.addLiterals(complete(name, element, depth)));
				yield literal.toBuilder().setCollection(list).build();
			}
			case MAP -> {
				LiteralMap.Builder map = LiteralMap.newBuilder();
				literal.getMap()
					.getLiteralsMap()
					.forEach((key, element) -> map.putLiterals(key, complete(name, element, depth)));
				yield literal.toBuilder().setMap(map).build();
			}
			case SCALAR, VALUE_NOT_SET -> literal;
		};
	}

	private Literal fetch(String name, LiteralOffloadedMetadata offloaded, int depth) {
		String what = "The " + this.kind + " '" + SafeText.of(name) + "' of execution "
				+ FlyteExecutions.text(this.execution) + " (" + offloaded.getSizeBytes() + " bytes) is kept at "
				+ SafeText.of(offloaded.getUri());
		if (depth >= DEEPEST) {
			throw ObjectStore.failure(Status.INTERNAL, what + ", which leads to other places again and again");
		}
		return this.store.fetch(what, this.store.sign(what, offloaded.getUri()), Literal.parser());
	}

}
