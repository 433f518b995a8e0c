package io.flyteconnect.samples.cli.command.execution;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An input on the command line.
 *
 * @param name its name
 * @param value its value as text
 */
record Input(String name, String value) {

	/**
	 * Reads {@code name=value}.
	 */
	static final class Converter implements ITypeConverter<Input> {

		@Override
		public Input convert(String text) {
			int end = text.indexOf('=');
			if (end <= 0) {
				throw new TypeConversionException("'" + text + "' names no input and value; write name=value");
			}
			return new Input(text.substring(0, end), text.substring(end + 1));
		}

	}

}
