package io.flyteconnect.integration.fault.soak;

import java.time.Duration;
import java.util.function.Consumer;

import io.grpc.Status;

import io.flyteconnect.integration.fault.FaultyFlyte;

/**
 * What goes wrong in a soak, one after the other.
 */
enum SoakFault {

	/** Nobody listens at Flyte's port. */
	FLYTE_AWAY((flyte) -> flyte.way().shut()),

	/** All connections to Flyte get a TCP RST. */
	RESET((flyte) -> flyte.way().reset()),

	/** The network forgets the connections to Flyte. */
	HALF_OPEN((flyte) -> flyte.way().swallow()),

	/** The network loses what Flyte answers. */
	ANSWERS_LOST((flyte) -> flyte.way().swallowAnswers()),

	/** New connections are accepted and lead nowhere. */
	SILENT_GATEWAY((flyte) -> {
		flyte.way().swallowNew(true);
		flyte.way().reset();
	}),

	/** The next connections get a TCP RST within the server's first bytes. */
	CUT_AT_CONNECT((flyte) -> {
		flyte.way().resetNext(3, 9);
		flyte.way().reset();
	}),

	/** Answers come slowly. */
	SLOW((flyte) -> flyte.way().slow(3_000)),

	/** Flyte itself says that it is not available. */
	FLYTE_BUSY((flyte) -> flyte.server().behaviour().failNext("*", 300, Status.UNAVAILABLE.withDescription("busy"))),

	/** Nobody listens at the token endpoint, and Flyte knows no token any more. */
	TOKEN_ENDPOINT_AWAY((flyte) -> {
		flyte.tokenWay().shut();
		flyte.provider().revokeTokens();
	}),

	/** The token endpoint does not answer. */
	TOKEN_ENDPOINT_SILENT((flyte) -> {
		flyte.tokenWay().swallowNew(true);
		flyte.tokenWay().reset();
		flyte.provider().revokeTokens();
	}),

	/** The token endpoint takes three seconds. */
	TOKEN_ENDPOINT_SLOW((flyte) -> {
		flyte.provider().delay(Duration.ofSeconds(3));
		flyte.provider().revokeTokens();
	}),

	/** The token endpoint answers with a page. */
	TOKEN_ENDPOINT_LIES((flyte) -> {
		flyte.provider().failNext(1000, 200, "<html><body>Please log in</body></html>");
		flyte.provider().revokeTokens();
	}),

	/** All tokens are revoked. */
	REVOKED((flyte) -> flyte.provider().revokeTokens()),

	/** Another Flyte with other keys takes over. */
	KEYS_ROTATED((flyte) -> flyte.replaceServer(SoakTests.server()));

	private final Consumer<FaultyFlyte> begin;

	SoakFault(Consumer<FaultyFlyte> begin) {
		this.begin = begin;
	}

	void begin(FaultyFlyte flyte) {
		this.begin.accept(flyte);
	}

	static SoakFault at(int number) {
		return values()[number % values().length];
	}

}
