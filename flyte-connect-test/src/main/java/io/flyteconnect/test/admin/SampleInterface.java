package io.flyteconnect.test.admin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import flyteidl.core.Interface.Variable;
import flyteidl.core.Interface.VariableMap;
import flyteidl.core.Literals.LiteralMap;
import flyteidl.core.Types.LiteralType;
import flyteidl.core.Types.SimpleType;

import io.flyteconnect.literal.FlyteLiterals;

/**
 * What the sample launch plans take and give, each of another kind.
 */
enum SampleInterface {

	HELLO_WORLD {

		@Override
		void describe(TestLaunchPlan plan) {
			plan.input("name", SimpleType.STRING, "world").output("greeting", SimpleType.STRING);
		}

		@Override
		Map<String, Object> inputs(int number) {
			return Map.of("name", "world");
		}

		@Override
		Map<String, Object> outputs(int number) {
			return Map.of("greeting", "Hello, world!");
		}

	},

	TRAINING_PIPELINE {

		@Override
		void describe(TestLaunchPlan plan) {
			plan.input("epochs", SimpleType.INTEGER, 10)
				.input("learning_rate", SimpleType.FLOAT, 0.01)
				.input("hyperparameters", SimpleType.STRUCT, Map.of("optimizer", "adam"))
				.output("accuracy", SimpleType.FLOAT);
		}

		@Override
		Map<String, Object> inputs(int number) {
			return Map.of("epochs", 10L + number, "learning_rate", 0.01, "hyperparameters",
					Map.of("optimizer", "adam"));
		}

		@Override
		Map<String, Object> outputs(int number) {
			return Map.of("accuracy", 0.9 + number / 1000.0);
		}

	},

	DAILY_DEMAND {

		@Override
		void describe(TestLaunchPlan plan) {
			plan.input("day", SimpleType.DATETIME)
				.input("regions", list(SimpleType.STRING), List.of("north", "south"))
				.output("total", SimpleType.FLOAT);
		}

		@Override
		Map<String, Object> inputs(int number) {
			return Map.of("day", "2026-01-%02dT00:00:00Z".formatted(1 + number % 28), "regions",
					List.of("north", "south"));
		}

		@Override
		Map<String, Object> outputs(int number) {
			return Map.of("total", 1000.5 + number);
		}

	},

	BACKTEST {

		@Override
		void describe(TestLaunchPlan plan) {
			plan.input("window", SimpleType.DURATION, Duration.ofDays(7))
				.input("strict", SimpleType.BOOLEAN, false)
				.output("error", SimpleType.FLOAT);
		}

		@Override
		Map<String, Object> inputs(int number) {
			return Map.of("window", Duration.ofDays(7), "strict", number % 2 == 0);
		}

		@Override
		Map<String, Object> outputs(int number) {
			return Map.of("error", number / 100.0);
		}

	},

	VARIANT_CALLING {

		@Override
		void describe(TestLaunchPlan plan) {
			plan.input("reference", SimpleType.STRING, "GRCh38").output("variants", SimpleType.INTEGER);
		}

		@Override
		Map<String, Object> inputs(int number) {
			return Map.of("reference", "GRCh38");
		}

		@Override
		Map<String, Object> outputs(int number) {
			return Map.of("variants", 4_000_000L + number);
		}

	};

	abstract void describe(TestLaunchPlan plan);

	abstract Map<String, Object> inputs(int number);

	abstract Map<String, Object> outputs(int number);

	/**
	 * Turn the inputs of an execution into literals of the types of its launch plan.
	 */
	static LiteralMap literals(Map<String, Object> values, Map<String, LiteralType> types) {
		LiteralMap.Builder literals = LiteralMap.newBuilder();
		values.forEach((name, value) -> literals.putLiterals(name,
				FlyteLiterals.toLiteral(value, Objects.requireNonNull(types.get(name)))));
		return literals.build();
	}

	static Map<String, LiteralType> types(VariableMap variables) {
		Map<String, LiteralType> types = new LinkedHashMap<>();
		for (Map.Entry<String, Variable> variable : variables.getVariablesMap().entrySet()) {
			types.put(variable.getKey(), variable.getValue().getType());
		}
		return types;
	}

	private static LiteralType list(SimpleType type) {
		return LiteralType.newBuilder().setCollectionType(LiteralType.newBuilder().setSimple(type)).build();
	}

}
