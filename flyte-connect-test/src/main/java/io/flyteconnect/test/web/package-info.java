/**
 * The HTTP server of what a test starts; not for use by tests themselves.
 */
@NullMarked
package io.flyteconnect.test.web;

import org.jspecify.annotations.NullMarked;
