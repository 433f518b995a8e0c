package io.flyteconnect.login;

import java.time.Instant;

/**
 * How an attempt to get a token failed.
 *
 * @param step the step that failed
 * @param time when it failed
 * @param message what happened and what to do, without any token or secret
 * @since 0.1.0
 */
public record LoginFailure(LoginStep step, Instant time, String message) {

}
