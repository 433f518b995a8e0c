package io.flyteconnect.internal.grant.pkce;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * Reads the parameters of a callback.
 */
final class Parameters {

	private Parameters() {
	}

	static MultiValueMap<String, String> decode(MultiValueMap<String, String> encoded) {
		MultiValueMap<String, String> decoded = new LinkedMultiValueMap<>();
		encoded.forEach((name, values) -> values.forEach((value) -> {
			if (value != null) {
				decoded.add(decode(name), decode(value));
			}
		}));
		return decoded;
	}

	private static String decode(String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			// Not what an authorization server sends: let it be no state at all.
			return "";
		}
	}

}
