package io.flyteconnect.secret;

/**
 * Published when the file of a secret that has been read holds another one. Names the
 * secret only: get it again from the {@link SecretResolver}.
 *
 * @param secret the name of the secret
 * @since 0.1.0
 */
public record FlyteSecretChangedEvent(Secret secret) {

}
