package io.flyteconnect.samples.dashboard.flyte;

import io.grpc.Status;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class FlyteFailureTests {

	@ParameterizedTest
	@CsvSource({ "INVALID_ARGUMENT, 400", "NOT_FOUND, 404", "ALREADY_EXISTS, 409", "FAILED_PRECONDITION, 409",
			"UNIMPLEMENTED, 501", "UNAUTHENTICATED, 502", "PERMISSION_DENIED, 502", "INTERNAL, 502", "UNKNOWN, 502",
			"UNAVAILABLE, 503", "RESOURCE_EXHAUSTED, 503", "DEADLINE_EXCEEDED, 504" })
	void whenCodeThenHttpStatus(Status.Code code, int status) {
		FlyteFailure failure = FlyteFailure.of(code.toStatus().withDescription("because").asRuntimeException());
		assertThat(failure.status().value()).isEqualTo(status);
		assertThat(failure.detail()).isEqualTo("because");
		assertThat(failure.code()).isEqualTo(code.name());
	}

	@ParameterizedTest
	@EnumSource(Status.Code.class)
	void whenThereIsNoDescriptionThenThereAreWordsAllTheSame(Status.Code code) {
		FlyteFailure failure = FlyteFailure.of(code.toStatus().asRuntimeException());
		assertThat(failure.title()).isNotBlank();
		assertThat(failure.detail()).isEqualTo("Flyte gives no reason");
	}

}
