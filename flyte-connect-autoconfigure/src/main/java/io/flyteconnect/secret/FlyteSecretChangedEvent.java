package io.flyteconnect.secret;

/**
 * Published when the content of a secret's file has changed after it was read. Contains
 * only the name of the secret: get its value from the {@link SecretResolver}.
 *
 * @param secret the name of the secret
 * @since 0.1.0
 */
public record FlyteSecretChangedEvent(Secret secret) {

}
