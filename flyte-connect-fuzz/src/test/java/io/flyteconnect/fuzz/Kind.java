package io.flyteconnect.fuzz;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * A kind of input: a class with a method {@code fuzzerTestOneInput}, which Jazzer calls
 * as well.
 *
 * @param name its name
 * @param target reads an input
 * @param corpus what inputs are made of
 */
record Kind(String name, MethodHandle target, Corpus corpus) {

	private static final List<String> ROOMS = List.of("fuzz", "internal.client", "internal.grant.command",
			"internal.grant.pkce", "test.admin");

	/** All kinds. */
	static final List<String> NAMES = List.of("ApiKeyFuzz", "CallbackRequestFuzz", "CommandFuzz", "EndpointFuzz",
			"IniFileFuzz", "JwtFuzz", "ListRequestFuzz", "MetadataAnswerFuzz", "PrintedTokenFuzz", "ProxyVariablesFuzz",
			"SecretNameFuzz", "TokenAnswerFuzz", "YamlFileFuzz");

	static Kind of(String name) {
		for (String room : ROOMS) {
			try {
				Class<?> type = Class.forName("io.flyteconnect." + room + "." + name);
				return new Kind(name,
						MethodHandles.publicLookup()
							.findStatic(type, "fuzzerTestOneInput", MethodType.methodType(void.class, byte[].class)),
						Corpus.of(name));
			}
			catch (ClassNotFoundException ex) {
				// It is in another room.
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException(ex);
			}
		}
		throw new IllegalArgumentException("There is no kind " + name);
	}

	void read(byte[] input) throws Throwable {
		this.target.invokeExact(input);
	}

}
