package io.flyteconnect.samples.cli;

import java.time.Duration;
import java.util.Arrays;

import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.TypeConversionException;

import io.flyteconnect.samples.cli.command.Output;

/**
 * Reads the values of options. What is wrong with one follows its option's name.
 */
final class OptionValues {

	private OptionValues() {
	}

	static Duration duration(String text) {
		try {
			// Spring takes a number alone for milliseconds, which nobody means here.
			boolean bare = text.matches("[+-]?\\d+") && !text.matches("0+");
			Duration duration = bare ? null : DurationStyle.detectAndParse(text);
			if (duration != null && !duration.isNegative()) {
				return duration;
			}
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			// Said below, in words of this tool.
		}
		throw new TypeConversionException(
				"'" + text + "' is no duration; give a number and its unit, for example 30s, 10m or 2h");
	}

	static Output output(String text) {
		return Arrays.stream(Output.values())
			.filter((output) -> output.name().equalsIgnoreCase(text))
			.findFirst()
			.orElseThrow(() -> new TypeConversionException("'" + text + "' is neither table nor json"));
	}

	static int count(String text) {
		if (!text.matches("\\d{1,9}") || Integer.parseInt(text) == 0) {
			throw new TypeConversionException(
					"'" + text + "' is no number of 1 to 999999999; give one, for example 20");
		}
		return Integer.parseInt(text);
	}

}
