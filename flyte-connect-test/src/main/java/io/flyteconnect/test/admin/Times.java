package io.flyteconnect.test.admin;

import java.time.Duration;
import java.time.Instant;

import com.google.protobuf.Timestamp;

/**
 * Turns times into those of the IDL and back.
 */
final class Times {

	private Times() {
	}

	static Timestamp timestamp(Instant time) {
		return Timestamp.newBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano()).build();
	}

	static Instant instant(Timestamp time) {
		return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
	}

	static com.google.protobuf.Duration duration(Duration duration) {
		return com.google.protobuf.Duration.newBuilder()
			.setSeconds(duration.getSeconds())
			.setNanos(duration.getNano())
			.build();
	}

	static Duration duration(com.google.protobuf.Duration duration) {
		return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
	}

}
