package io.flyteconnect.testsupport;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets every test that waits for something wait for a minute: ten seconds are too short
 * where both cores are busy. JUnit finds it as a service.
 */
public final class PatientAwait implements BeforeAllCallback {

	@Override
	public void beforeAll(ExtensionContext test) {
		Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
	}

}
