/**
 * Real servers and certificates for tests: stopped with the test, on free loopback ports.
 */
@NullMarked
package io.flyteconnect.testsupport;

import org.jspecify.annotations.NullMarked;
