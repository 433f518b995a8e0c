package io.flyteconnect.integration.connection.outage;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.flyteconnect.integration.connection.Applications;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thousand callers of one application that has no token while the token endpoint is
 * down.
 */
@Tag("fault")
@Tag("once")
class LoginOutageTests {

	@ParameterizedTest
	@CsvSource({ "UNAVAILABLE,false", "UNAVAILABLE,true", "REFUSED,false", "SILENT,true" })
	void whenNoTokenIsToBeHadThenAllAreToldSoUntilOneIs(Outage outage, boolean revoked) throws Exception {
		try (OutageStorm down = OutageStorm.start(Storm.service(), Applications.create(), outage)) {
			Storm storm = down.storm();
			if (revoked) {
				AtOnce.call(1, storm.flyte());
				storm.provider().revokeTokens();
			}
			int issued = storm.provider().issuedTokenCount();
			down.begin();
			try (Callers callers = storm.callers()) {
				down.awaitEnd();
				storm.awaitIssuedTokens(issued + 1);
				callers.goOn();
				int count = callers.failures().size();
				callers.goOn();
				callers.stop();
				assertThat(callers.failures()).as("failures, with none after the outage").hasSize(count);
				assertThat(callers.failures().stream().map(Callers.Failure::caller).distinct())
					.as("callers that were told")
					.hasSize(Storm.CALLERS);
				assertThat(callers.failures().stream().map((failure) -> failure.exception().getMessage()).distinct())
					.as("what they were told")
					.singleElement()
					.asString()
					.startsWith(down.message());
			}
			down.assertOneRequestAStep();
			assertThat(storm.provider().issuedTokenCount()).isEqualTo(issued + 1);
		}
	}

}
