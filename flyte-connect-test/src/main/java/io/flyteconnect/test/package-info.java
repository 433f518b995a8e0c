/**
 * A Flyte Admin for tests: a real server on a free loopback port, with a programmable
 * behaviour.
 */
@NullMarked
package io.flyteconnect.test;

import org.jspecify.annotations.NullMarked;
