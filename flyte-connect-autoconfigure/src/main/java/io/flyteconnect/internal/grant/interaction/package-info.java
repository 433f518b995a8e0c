/**
 * How a person is reached.
 */
@NullMarked
package io.flyteconnect.internal.grant.interaction;

import org.jspecify.annotations.NullMarked;
