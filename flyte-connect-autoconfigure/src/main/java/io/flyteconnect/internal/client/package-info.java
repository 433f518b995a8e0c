/**
 * Spring Security's side of the login: manager, registrations, providers.
 */
@NullMarked
package io.flyteconnect.internal.client;

import org.jspecify.annotations.NullMarked;
