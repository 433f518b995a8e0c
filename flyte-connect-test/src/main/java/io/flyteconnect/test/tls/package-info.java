/**
 * Certificates that live as long as a test.
 */
@NullMarked
package io.flyteconnect.test.tls;

import org.jspecify.annotations.NullMarked;
