/**
 * How a Spring test gets its own test server.
 */
@NullMarked
package io.flyteconnect.test.context;

import org.jspecify.annotations.NullMarked;
