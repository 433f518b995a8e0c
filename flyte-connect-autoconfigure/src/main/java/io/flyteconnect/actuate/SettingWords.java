package io.flyteconnect.actuate;

import java.time.Duration;
import java.util.Locale;

import org.springframework.format.annotation.DurationFormat.Style;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.util.unit.DataUnit;

import io.flyteconnect.config.ClientAuthentication;

/**
 * Writes values as a person would write them into a file of settings.
 */
final class SettingWords {

	private static final DataUnit[] UNITS = { DataUnit.GIGABYTES, DataUnit.MEGABYTES, DataUnit.KILOBYTES };

	private SettingWords() {
	}

	static String of(Object value) {
		if (value instanceof ClientAuthentication method) {
			return method.name().toLowerCase(Locale.ROOT);
		}
		if (value instanceof Enum<?> constant) {
			return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
		}
		if (value instanceof Duration duration) {
			return DurationFormatterUtils.print(duration, Style.COMPOSITE);
		}
		return (value instanceof DataSize size) ? size(size) : value.toString();
	}

	private static String size(DataSize size) {
		for (DataUnit unit : UNITS) {
			long bytes = DataSize.of(1, unit).toBytes();
			if (size.toBytes() > 0 && size.toBytes() % bytes == 0) {
				return size.toBytes() / bytes + suffix(unit);
			}
		}
		return size.toString();
	}

	private static String suffix(DataUnit unit) {
		return unit.name().charAt(0) + "B";
	}

}
