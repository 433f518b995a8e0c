package io.flyteconnect.internal.channel.diagnosis;

import java.security.cert.CertificateException;

import javax.net.ssl.SSLException;

import io.grpc.Status;
import io.grpc.Status.Code;

import io.flyteconnect.doctor.DiagnosisStep;
import io.flyteconnect.internal.text.DeadlineText;
import io.flyteconnect.login.LoginException;

/**
 * Tells how far a failed call got.
 */
public final class FailedSteps {

	private FailedSteps() {
	}

	/**
	 * Return the step at which a call failed.
	 * @param status how the call ended
	 * @return the step
	 */
	public static DiagnosisStep of(Status status) {
		if (status.getCause() instanceof LoginException login) {
			return switch (login.getStep()) {
				case DISCOVERY -> DiagnosisStep.METADATA;
				case REFUSED -> DiagnosisStep.CALL;
				default -> DiagnosisStep.TOKEN;
			};
		}
		if (status.getCode() == Code.DEADLINE_EXCEEDED && DeadlineText.isOfToken(status.getDescription())) {
			return DiagnosisStep.TOKEN;
		}
		if (HttpAnswer.of(status) != null) {
			return DiagnosisStep.HTTP_2;
		}
		return ConnectionDiagnosis.step(status).orElse(isOfTls(status) ? DiagnosisStep.TLS : DiagnosisStep.CALL);
	}

	/**
	 * Return whether the steps before the one that failed are known to have been taken.
	 * @param status how the call ended
	 * @return whether they are; where a proxy cannot even be used, nobody was reached
	 */
	public static boolean isAnythingReached(Status status) {
		return ConnectionDiagnosis.isTried(status);
	}

	private static boolean isOfTls(Status status) {
		for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof SSLException || cause instanceof CertificateException) {
				return true;
			}
		}
		return false;
	}

}
