/**
 * An OAuth2 authorization server for tests.
 */
@NullMarked
package io.flyteconnect.test.identity;

import org.jspecify.annotations.NullMarked;
