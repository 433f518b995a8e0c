/**
 * What goes to a token endpoint, and what its answers mean.
 */
@NullMarked
package io.flyteconnect.oauth2.endpoint;

import org.jspecify.annotations.NullMarked;
