package io.flyteconnect.internal.call.authorization;

import io.grpc.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a server says where a message of ours goes on behind it.
 */
class QuotedStatusTests {

	@Test
	void whenServerSaysMoreThanOneLineThenOneLineIsQuoted() {
		Status status = Status.PERMISSION_DENIED.withDescription("no\r\nERROR forged");
		Status said = CallFailures.said(status, "Ask them.");
		assertThat(said.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
		assertThat(said.getDescription()).isEqualTo("no ERROR forged. Ask them.");
	}

	@Test
	void whenServerSaysMuchThenTheSentenceIsStillThere() {
		Status status = Status.UNAUTHENTICATED.withDescription("x".repeat(100_000));
		assertThat(CallFailures.said(status, "Ask them.").getDescription()).endsWith("x.... Ask them.")
			.hasSizeLessThan(2100);
	}

	@Test
	void whenServerSaysNothingThenTheSentenceIsAlone() {
		assertThat(CallFailures.said(Status.UNAUTHENTICATED, "Ask them.").getDescription()).isEqualTo("Ask them.");
	}

}
