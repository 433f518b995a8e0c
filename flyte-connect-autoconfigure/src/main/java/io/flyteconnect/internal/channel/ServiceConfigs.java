package io.flyteconnect.internal.channel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;

import io.flyteconnect.config.ChannelSettings;
import io.flyteconnect.config.InvalidFlyteConfigurationException;

/**
 * The service config of a channel: the one of {@code flyte.channel.service-config} where
 * there is one, else the retry policy built from the settings.
 */
final class ServiceConfigs {

	static final String PROPERTY = "flyte.channel.service-config";

	private ServiceConfigs() {
	}

	static Map<String, Object> of(ChannelSettings settings) {
		if (settings.serviceConfig() != null) {
			return parse(settings.serviceConfig());
		}
		return (settings.maxRetries() > 0) ? RetryPolicy.of(settings).toServiceConfig() : Map.of();
	}

	private static Map<String, Object> parse(String json) {
		try {
			return toGrpc(JsonParserFactory.getJsonParser().parseMap(json));
		}
		catch (JsonParseException ex) {
			throw new InvalidFlyteConfigurationException(PROPERTY, null, "The value is not a JSON object.",
					"Write a gRPC service config, for example {\"methodConfig\": [...]}.", ex);
		}
	}

	private static Map<String, Object> toGrpc(Map<?, ?> map) {
		Map<String, Object> result = new LinkedHashMap<>();
		map.forEach((key, value) -> {
			Object converted = toGrpc(value);
			if (converted != null) {
				result.put(String.valueOf(key), converted);
			}
		});
		return result;
	}

	// gRPC takes no other number than a Double.
	private static @Nullable Object toGrpc(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			return toGrpc(map);
		}
		if (value instanceof List<?> list) {
			return list.stream().map(ServiceConfigs::toGrpc).toList();
		}
		return (value instanceof Number number) ? (Object) number.doubleValue() : value;
	}

}
